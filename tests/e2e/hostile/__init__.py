"""What a server takes from clients that mean it harm, or know no better. See `python3 -m hostile --help`."""
