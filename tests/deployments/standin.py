"""A stand-in for a reference back end: the smallest HTTP server with the same command line."""

import argparse
import http.server
import sys

flags = argparse.ArgumentParser()
flags.add_argument("--host")
flags.add_argument("--port", type=int)
flags.add_argument("--fail", action="store_true")
given = flags.parse_args()
if given.fail:
    sys.exit("the stand-in was told to fail")
print("serving", flush=True)
http.server.ThreadingHTTPServer((given.host, given.port), http.server.SimpleHTTPRequestHandler).serve_forever()
