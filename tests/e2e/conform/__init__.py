"""Whether /bench/echo keeps to RFC 6455, to the letter and with others' clients. See `python3 -m conform --help`."""
