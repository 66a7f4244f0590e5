"""The atlas in the browser: the same pages served live and written as a static site.

A page is one entry of a table (:mod:`.pages`): its address, what it tells (plain data, which is its
JSON twin), its template. :mod:`.app` serves the table, :mod:`.export` writes it. This room asks
:class:`atlas287.Atlas` and shows the answers; it computes nothing.
"""
