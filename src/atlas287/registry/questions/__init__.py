"""Questions to a register: each takes a connection and returns plain data, ready for JSON.

Standard library only, so that an answer takes milliseconds.
"""
