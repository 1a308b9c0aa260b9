"""The mediator's room and the parties' own: the one door to what FRE 408 protects."""
