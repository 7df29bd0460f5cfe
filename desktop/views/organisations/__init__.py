"""组织: committees, studios and mediators looked at and kept, their numbers accounted for, what is paid for cases."""
