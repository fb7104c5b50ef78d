"""Whether /bench/echo keeps to RFC 6455, to the letter and with other people's clients. See `python3 -m conform --help`."""
