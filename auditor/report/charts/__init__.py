"""Pictures as geometry: plain values in the units of an SVG's view box, drawn by the templates.

Pure. They must not know HTML, colours or fonts beyond the width of an average letter.
"""
