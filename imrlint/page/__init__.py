"""The desk as a page in the browser: letters are dropped on it, read, fixed and taken back.

It runs on this machine and for this machine only, and keeps everything in memory: what is closed is gone.
"""
