"""`python -m amendments.cli`, where the console script is not installed."""

from amendments.cli import main

main()
