"""Who may do what: one table, read by the screens, the commands, Wagtail and the tests."""
