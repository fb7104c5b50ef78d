"""What the modules of cases are made of."""
import dataclasses
from typing import Callable

PLAIN, TLS = "plain", "TLS"


class Failed(Exception):
    """The server did not do what it promises."""


def expect(condition, what):
    if not condition:
        raise Failed(what)


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    play: Callable  # of a Stage; returns in a few words what happened
    what: str
    ways: tuple = (PLAIN, TLS)
    limit_s: int = 120
    peak_mb: int = 32  # most that the server may take for it, for a while


def case(name, **options):
    """Makes a function a Case; its documentation says what it does."""
    return lambda play: Case(name, play, play.__doc__.split("\n")[0], **options)
