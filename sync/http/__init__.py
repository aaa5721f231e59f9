"""The hub over HTTP: the link, resumable uploads, trust, enrolment."""
