"""From facts to where matters stand: opened, folded, kept; and the same again from the beginning."""
