"""Two cables between a client and lanlined, in network namespaces of their own, and everything that can happen to a
cable. `python3 -m netns` plays it; `./dev faults` does so with all the other faults."""
