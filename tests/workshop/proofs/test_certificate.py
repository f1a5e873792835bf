"""A certificate is served with where there is one; without one, plainly said that there is none."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from game.scenario.translated import common_words
from tests.workshop.test_host import hosted


@pytest.mark.long
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_a_self_made_certificate_is_served_with_and_cookies_stay_inside(tmp_path: Path) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    trusting = ssl.create_default_context(cafile=str(certificate))
    arguments = ("--tls-cert", str(certificate), "--tls-key", str(key))
    with hosted(tmp_path / "rooms.db", "osaka", "--bind", "127.0.0.1", *arguments) as server:
        url = server.told["url"]
        assert url.startswith("https://127.0.0.1:")
        with httpx.Client(base_url=url, verify=trusting) as phone:
            assert phone.get("/ping").status_code == 200
            opened = phone.get(server.told["console"])
            assert "; secure" in opened.headers["set-cookie"].lower()
        with pytest.raises(httpx.TransportError):
            httpx.get(url.replace("https:", "http:") + "/ping")
        bots = [sys.executable, "-m", "game.cli", "bots", "2", f"{url}/j/{server.told['code']}"]
        crowd = subprocess.run([*bots, "--seconds", "3", "--json"], capture_output=True, text=True)
        assert crowd.returncode == 0 and '"joined": 2' in crowd.stdout, crowd.stderr


def test_without_one_it_is_said_that_anyone_could_read_along() -> None:
    words = common_words("workshop_host.yaml")["host"]
    assert "read along" in words["plain_http"]
