"""The commands of the hub: `main.py hub WORD`."""

COMMANDS = {
    "serve": "run a hub",
    "config": "check and show the configuration of a hub",
    "code": "give out a station with a one-time code, or list and end codes",
    "user": "the people who may open the pages",
    "region": "named sets of posts, for accounts that see only those",
    "token": "tokens of programs that bring photos or read the pages",
    "audit": "print who saw, exported or changed what",
    "device": "list, end and name workstations",
    "import": "take what workstations sent on a stick",
    "pack": "publish packs to the workstations, or withdraw one",
    "bulletin": "publish a bulletin to the workstations",
    "setting": "give settings to the workstations of a post, or of all",
    "backup": "copy all, read it back, call it safe",
    "restore": "bring a backup into an empty database, and verify all of it",
    "export": "write the interceptions of a period into a folder: CSV or JSON",
    "objects": "bring the photos from a folder to a bucket, or back",
    "check": "read all that the hub holds, and judge it",
}
"""Each command with its purpose, in the order of `hub --help`."""
