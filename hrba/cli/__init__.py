"""The command line: parse, call, print, exit. A file for each command; nothing is decided here."""
