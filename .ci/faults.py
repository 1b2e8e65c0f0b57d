"""What .ci/faults.sh asks of places, on a disk or at a mock server of S3: faults.py COMMAND PLACE [WORD].

place PLACE         makes the bucket of an s3a:// place
whole PLACE         fails if a folder has a manifest and is not all that it says: a part of results that looks done
hidden PLACE        prints what runs have left beside their results
outcome PLACE JOB   prints what a run came to, without times
remove PLACE        removes all of it

S3_ENDPOINT names the mock server.
"""

import hashlib
import json
import os
import pathlib
import shutil
import sys


class Disk:
    def __init__(self, place):
        self.root = pathlib.Path(place)

    def make(self):
        self.root.mkdir(parents=True, exist_ok=True)

    def names(self):
        return sorted(str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file())

    def read(self, name):
        return (self.root / name).read_bytes()

    def remove(self):
        shutil.rmtree(self.root, ignore_errors=True)


class Bucket:
    def __init__(self, place):
        import boto3

        self.client = boto3.client(
            "s3",
            endpoint_url=os.environ["S3_ENDPOINT"],
            aws_access_key_id="nobody",
            aws_secret_access_key="nothing",
            region_name="us-east-1",
        )
        self.bucket, _, folder = place.removeprefix("s3a://").partition("/")
        self.prefix = folder.rstrip("/") + "/"

    def make(self):
        self.client.create_bucket(Bucket=self.bucket)

    def names(self):
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix)
        keys = [entry["Key"] for page in pages for entry in page.get("Contents", [])]
        return sorted(key.removeprefix(self.prefix) for key in keys if not key.endswith("/"))

    def read(self, name):
        return self.client.get_object(Bucket=self.bucket, Key=self.prefix + name)["Body"].read()

    def remove(self):
        for name in self.names():
            self.client.delete_object(Bucket=self.bucket, Key=self.prefix + name)


def whole(store):
    names = {name for name in store.names() if not any(part.startswith(".") for part in name.split("/"))}
    for manifest in (name for name in names if name.split("/")[-1] == "manifest.json"):
        folder = manifest.removesuffix("manifest.json")
        for name, part in json.loads(store.read(manifest))["parts"].items():
            if folder + name not in names:
                sys.exit(f"{manifest} names {name}, which is missing")
            if hashlib.sha256(store.read(folder + name)).hexdigest() != part["sha256"]:
                sys.exit(f"{manifest}: {name} is another")


def outcome(store, job):
    if job == "select":
        print(store.read("features.csv").decode())
    elif job == "prune":
        print(hashlib.sha256(store.read("model/network.zip")).hexdigest())
    else:
        print("\n".join(name for name in store.names() if name.startswith("ledger/")))


def main():
    command, place, *words = sys.argv[1:]
    store = Bucket(place) if place.startswith("s3a://") else Disk(place)
    if command == "place":
        store.make()
    elif command == "whole":
        whole(store)
    elif command == "hidden":
        hidden = [n for n in store.names() if any(p.startswith(".") and not p.endswith(".crc") for p in n.split("/"))]
        print("\n".join(hidden))
    elif command == "outcome":
        outcome(store, *words)
    elif command == "remove":
        store.remove()
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
