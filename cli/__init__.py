"""The commands: one file each, with the name, the arguments and the output of the command.

Only the file of the given command is loaded; `--help` prints the sentences below.
"""

COMMANDS = {
    "init": "make a workstation's folder",
    "rekey": "change the passphrase, the recovery key or the signing key",
    "record": "record interceptions from files",
    "list": "list interceptions, newest first",
    "show": "show one interception",
    "receipt": "issue a receipt, or give its PDF again",
    "verify": "judge a paper, or with no file the whole folder",
    "rebuild": "fill the projections from the journal again",
    "pack": "adopt an operation pack from a file, or check it",
    "draft": "list drafts, or move one to the newest version of its pack",
    "amend": "amend an interception from a file",
    "review": "approve an interception, or return it",
    "cancel": "cancel an interception; it stays, marked so",
    "enrol": "enrol this workstation at a hub",
    "station": "say who this is; choose which of two copies goes on",
    "sync": "bring the hub up to date",
    "bundle": "send what waits on a stick, and take what a stick brings",
    "feed": "list what came from the hub: packs, bulletins",
    "setting": "show what is set here and by headquarters, or set it",
    "fetch": "give a restored workstation back what it lacks",
    "doctor": "say what is wrong with the workstation and its machine",
    "hub": "the other end: takes what workstations send",
    "desk": "open the desk (the default)",
    "screenshots": "save pictures of the main screens",
    "demo": "a practice workstation and a hub of its own",
}
"""Each command with its purpose, in the order of `--help`."""
