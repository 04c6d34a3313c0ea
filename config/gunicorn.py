"""The web server process: gunicorn --config python:config.gunicorn.

Addresses are logged without their query: what a person searched for is nobody else's to read.
"""

accesslog = "-"
access_log_format = '%(h)s %(t)s "%(m)s %(U)s %(H)s" %(s)s %(b)s %(M)sms'
control_socket_disable = True
