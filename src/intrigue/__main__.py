"""`python -m intrigue`: the command line."""

from intrigue.cli import main

main()
