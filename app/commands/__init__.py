"""The commands of ``python -m app``, one file each.

A command has ``HELP``, one line; ``add_options(parser)``; and ``run(options)``, which returns
the exit status. What it cannot do it raises as `StartUpError`, in one line.
"""
