"""The tables, a file for each family: facts, inserted only; and what follows from them, dropped and rebuilt at will."""
