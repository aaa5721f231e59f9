"""Errors of deeds.

ActError
├── DeedRefused       the state of the record does not allow it
├── InputRefused      a reason, comment, badge, post or language is missing or cannot be taken
├── OptionsRefused    options of the command line that do not go together
├── TargetRefused     the file that is named for a receipt cannot be written
├── FileUnreadable    a paper or a public key cannot be read
├── FileRefused       the file cannot be read as an interception
├── AlreadyRecorded   the file says something else than what was recorded under its id
├── PhotoRefused      the file cannot be a photo of a record
│   └── NotAPicture   it cannot be shown; it can still be kept as evidence
├── NoChecklist       no pack is adopted, or the draft's pack is not here
├── StationRefused    headquarters gives another station than the one that has recorded
├── SettingNotRead    headquarters gives a setting that only a newer program knows
├── ForkUndecided     two copies of the folder were used, and nobody has chosen which goes on
├── OldAnswer         what the hub signed is not its answer of now
├── NobodyToAsk       something must be typed, and there is no terminal
│   ├── PassphraseNeeded
│   └── BadgeNeeded
├── WorkStopped       the person stopped long work
└── SecretRefused     the file with the passphrase or recovery key cannot be used
"""

from __future__ import annotations

from domain.errors import ErrorKind, TidewaiterError


class ActError(TidewaiterError):
    """A deed cannot be done as requested."""


class DeedRefused(ActError):
    """The present state of the record does not allow it: cancelled, final already, unchanged."""


class InputRefused(ActError):
    """A reason, comment, badge, post or language is missing or cannot be taken."""


class OptionsRefused(ActError):
    """Options of the command line that exclude each other, or have no effect."""


class TargetRefused(ActError):
    """The file that is named for a receipt cannot be written: no folder, or no plain file."""


class FileUnreadable(ActError):
    """A file that cannot be read, or is not a paper or a public key."""


class FileRefused(ActError):
    """The file cannot be read as an interception."""


class AlreadyRecorded(ActError):
    """The file differs from what was recorded under its id; recording it again changes nothing."""


class PhotoRefused(ActError):
    """The file cannot be a photo of a record: it is empty, too large, or not the one named."""


class NotAPicture(PhotoRefused):
    """The file cannot be shown; it can still be kept as evidence if the officer says so."""


class NoChecklist(ActError):
    """There is no checklist to record against."""


class StationRefused(ActError):
    """Headquarters gives another station than the one as which this workstation has recorded."""


class SettingNotRead(ActError):
    """A setting of headquarters that this program does not know, or whose value it cannot read."""


class ForkUndecided(ActError):
    """Two copies of this folder were used, and nobody has chosen yet which one goes on."""


class OldAnswer(ActError):
    """An older signed answer that was sent again, or the answer of a replaced hub."""

    kind = ErrorKind.MACHINE


class NobodyToAsk(ActError):
    """Something must be typed, and there is no terminal to ask at."""


class PassphraseNeeded(NobodyToAsk):
    """The folder opens only with a passphrase or recovery key; the desk asks for it in a window."""


class BadgeNeeded(NobodyToAsk):
    """The officer who acts is not given."""


class WorkStopped(ActError):
    """The person stopped long work; nothing is left half done."""


class SecretRefused(ActError):
    """The file that holds the passphrase or the recovery key cannot be used."""
