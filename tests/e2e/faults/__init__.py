"""What Lanline survives, and what was counted on both ends meanwhile. See `python3 -m faults --help`."""
