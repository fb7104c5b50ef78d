"""Our own checks, byte by byte."""
import dataclasses

from . import closing, framing, limits, utf8
from .script import play, variants

SCRIPTS = {**framing.GROUPS, **utf8.GROUPS, **closing.GROUPS}
# Of a target, and whether few will do: each goes on to its next check by itself, and yields its name first.
WALKS = {
    "UTF-8, fails fast": lambda target, _: utf8.fails_fast(target),
    "silence after closing": lambda target, _: closing.says_nothing_after(target),
    "large messages": limits.large,
    "many small messages": limits.many_small,
    "CJK in fragments": limits.cjk_in_fragments,
}
NAMES = (*SCRIPTS, *WALKS)


@dataclasses.dataclass
class Outcome:
    group: str
    count: int = 0
    problems: list = dataclasses.field(default_factory=list)


def run(target, name, is_short):
    return run_scripts(target, name) if name in SCRIPTS else run_walk(target, name, is_short)


def run_scripts(target, name):
    outcome = Outcome(name)
    for script, in_octets in variants(SCRIPTS[name]()):
        outcome.count += 1
        try:
            play(target, script, in_octets)
        except (AssertionError, OSError, UnicodeDecodeError) as problem:
            outcome.problems.append(f"{script.name}{', in single bytes' if in_octets else ''}: {problem}")
    return outcome


def run_walk(target, name, is_short):
    """The first problem ends a walk."""
    outcome = Outcome(name)
    at = name
    try:
        for at in WALKS[name](target, is_short):
            outcome.count += 1
    except (AssertionError, OSError) as problem:
        outcome.problems.append(f"{at}: {problem}")
    return outcome
