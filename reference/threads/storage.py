"""Where the bytes of chunks and files are kept: on disk, or in an S3-compatible storage."""

import asyncio
import contextlib
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from reference.threads.refusals import Rejected
from reference.threads.settings import Settings

#: Seconds that an S3-compatible storage may take over anything.
_PATIENCE = 5


class Disk:
    """Bytes under keys such as `uploads/<session>/3`, each a file in a folder.

    Args:
        folder: made if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def open(self) -> None:
        """Make ready."""
        self._folder.mkdir(parents=True, exist_ok=True)

    async def close(self) -> None:
        """Let go."""

    async def put(self, key: str, content: bytes) -> None:
        """Keep bytes, in place of what was there."""
        await asyncio.to_thread(self._write, self._folder / key, content)

    async def get(self, key: str) -> bytes:
        """The bytes kept."""
        return await asyncio.to_thread((self._folder / key).read_bytes)

    async def delete(self, key: str) -> None:
        """Keep them no longer."""
        await asyncio.to_thread((self._folder / key).unlink, missing_ok=True)

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"{path.name}.part")
        half.write_bytes(content)
        half.replace(path)  # whole or not at all, also when the server is killed now


class S3:
    """The same as objects in a bucket of an S3-compatible storage; needs the extra `s3`.

    Args:
        endpoint: base URL of the storage.
        bucket: made if it is not there.
        key: the access key.
        secret: its secret.
    """

    def __init__(self, endpoint: str, bucket: str, key: str, secret: str) -> None:
        self._where = {"endpoint_url": endpoint, "aws_access_key_id": key, "aws_secret_access_key": secret}
        self._bucket = bucket
        self._exits = contextlib.AsyncExitStack()
        self._client: Any = None
        self._losses: tuple[type[Exception], ...] = ()

    async def open(self) -> None:
        # Here, because only who uses it has to have it.
        from aiobotocore.config import AioConfig  # type: ignore[import-untyped]
        from aiobotocore.session import get_session  # type: ignore[import-untyped]
        from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

        self._losses = (BotoCoreError, ClientError)
        config = AioConfig(connect_timeout=_PATIENCE, read_timeout=_PATIENCE, retries={"max_attempts": 1})
        client = get_session().create_client("s3", region_name="us-east-1", config=config, **self._where)
        self._client = await self._exits.enter_async_context(client)
        with contextlib.suppress(self._client.exceptions.BucketAlreadyOwnedByYou):
            await self._client.create_bucket(Bucket=self._bucket)

    async def close(self) -> None:
        await self._exits.aclose()

    async def put(self, key: str, content: bytes) -> None:
        await self._asked(self._client.put_object(Bucket=self._bucket, Key=key, Body=content))

    async def get(self, key: str) -> bytes:
        return bytes(await self._asked(self._read(key)))

    async def delete(self, key: str) -> None:
        await self._asked(self._client.delete_object(Bucket=self._bucket, Key=key))

    async def _read(self, key: str) -> bytes:
        answer = await self._client.get_object(Bucket=self._bucket, Key=key)
        async with answer["Body"] as body:
            return bytes(await body.read())

    async def _asked(self, request: Awaitable[Any]) -> Any:
        """What the storage answers. Raises `Rejected` if it does not."""
        try:
            return await request
        except self._losses as error:
            raise Rejected(503, "The file storage is unavailable, please try again later", retry_after=1.0) from error


Storage = Disk | S3


def storage_of(settings: Settings) -> Storage:
    """The storage that was asked for."""
    if settings.storage == "s3":
        return S3(settings.s3_endpoint, settings.s3_bucket, settings.s3_key, settings.s3_secret)
    return Disk(settings.files)
