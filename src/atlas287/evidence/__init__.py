"""What others said and found, held against the register: claims, the timeline, money, studies.

Each is a file of rows that somebody can mend (``claims/*.yaml``, ``*.csv``) and a module that
reads it strictly: a row that says what cannot be is an error that names file, line and remedy.
Whatever is worked out (a verdict, a join, a pooled figure) is worked out when asked, never stored.
"""
