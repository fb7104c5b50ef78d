"""What the records of a case say: how long nothing was delivered, and whether that was short enough."""

INTERRUPTED = 0.050  # seconds that delivery may stop when a path dies with an error
SLACK = 0.100  # seconds beside the deadline and the standby's round trips when it dies without a word


def longest_gap(times, begin, end, interval):
    """Seconds that nothing came although something should have, in a stream of one thing per `interval`: the longest
    time between two that touches begin to end, without the interval that is between them anyway. What had come last at
    `end` counts until then."""
    longest = 0.0
    previous = begin
    for time in sorted(times):
        if time >= begin:
            longest = max(longest, min(time, end) - previous - interval)
            if time >= end:
                return longest
        previous = time
    return max(longest, end - previous - interval)


def goal_of(death, heartbeat_ms, standby_round_trip):
    """Seconds that a gap may last, by how the path died; None: no goal is set."""
    if death == "silent":
        return 1.5 * heartbeat_ms / 1000 + 2 * standby_round_trip + SLACK
    if death == "error":
        return INTERRUPTED
    return None
