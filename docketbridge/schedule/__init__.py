"""Work done by the clock, in a process of its own: what there is to do, when it is due, and who of several processes does it."""
