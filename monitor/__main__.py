"""`python -m monitor`: the same as the command `postwatch`."""

from monitor.cli import main

if __name__ == "__main__":
    main()
