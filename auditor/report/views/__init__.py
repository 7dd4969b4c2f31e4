"""The pages as plain, frozen values: what they say, before any HTML.

Made by pure functions from what the stages found; the templates only set them.
"""
