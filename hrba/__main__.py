"""`python -m hrba`."""

from hrba.cli.app import main

main()
