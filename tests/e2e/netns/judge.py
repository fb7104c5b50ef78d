"""What the records of a case say: how long nothing was delivered that should have been, and how long that may be."""

INTERRUPTED = 0.050  # seconds that delivery may stop when a path dies with an error
NEAR = 0.25  # seconds after a death
SLACK = 0.100  # seconds beside the deadline and the standby's round trips when it dies without a word


def gaps_in(times, begin, end, interval):
    """The times between two things of a stream of one per `interval` that came later than they should have, as far as
    they touch begin to end: (when it should have come, when it came). What had come last at `end` counts until then."""
    gaps = []
    previous = begin
    for time in [*sorted(times), end]:
        if time >= begin and min(time, end) - previous > interval:
            gaps.append((previous + interval, min(time, end)))
        if time >= end:
            break
        previous = time
    return gaps


def longest(gaps):
    return max((end - begin for begin, end in gaps), default=0.0)


def longest_of_paths(gaps, own, deaths):
    """The longest of these gaps that the paths may be blamed for. `own` are those of a stream that takes no cable at all:
    what stalls that is the machine, busy with something else. Not so within moments of a death, for then it may be
    busy with that."""
    return max((end - begin - (0 if is_near(begin, end, deaths) else common(begin, end, own)) for begin, end in gaps),
               default=0.0)


def is_near(begin, end, deaths):
    return any(begin <= death + NEAR and end >= death for death in deaths)


def common(begin, end, gaps):
    return sum(max(0.0, min(end, other_end) - max(begin, other_begin)) for other_begin, other_end in gaps)


def goal_of(death, heartbeat_ms, standby_round_trip):
    """Seconds that a gap may last, by how the path died; None: no goal is set."""
    if death == "silent":
        return 1.5 * heartbeat_ms / 1000 + 2 * standby_round_trip + SLACK
    if death == "error":
        return INTERRUPTED
    return None
