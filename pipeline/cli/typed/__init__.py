"""What people type after a command.

given (a file, address or record to look at), times (an instant), asking (who they are, and whether
they mean it).
"""
