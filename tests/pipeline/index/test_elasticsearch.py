from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from pipeline.index.elasticsearch import ElasticsearchSink, connect
from pipeline.index.sink import Stopped
from tests.contracts.sink_contract import doc


@pytest.fixture
def login_page():
    """A server that answers everything with a page of its own, as a proxy before a login does."""

    class Page(BaseHTTPRequestHandler):
        def log_message(self, *_):
            """Say nothing."""

        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<html>Please log in.</html>")

        do_GET = do_POST  # noqa: N815  (http.server's name)

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_page_that_is_no_answer_is_waited_out(login_page):
    """Documents are neither stored nor refused by something that is not Elasticsearch."""
    told = []
    sink = ElasticsearchSink(connect(login_page))

    def stop(reason):
        told.append(reason)
        sink.closing.set()

    sink.on_wait = stop
    with pytest.raises(Stopped):
        sink.write([doc(1)])
    assert told[-1] == "Elasticsearch: 200 by something that is not Elasticsearch"
    assert sink.why_not() == told[-1]
    sink.close()


def test_a_server_that_is_away_is_named():
    """Whoever is idle can say which server is away, and how it looks."""
    sink = ElasticsearchSink(connect("http://127.0.0.1:1"))
    assert sink.why_not().startswith("Elasticsearch: ConnectionError: ")
    sink.close()
