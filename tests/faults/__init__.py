"""Faults, for real: processes killed, networks cut, disks filled. `make faults` runs them all, bounded in time.

Common rule: a client notes what it was told; after the fault the database is read. Lost: acknowledged and absent.
Twice: one intent, two rows. Each module says in its docstring how its test was seen to bite.
"""
