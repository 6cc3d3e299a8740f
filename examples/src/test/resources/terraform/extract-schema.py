"""Writes aws-schema.json: what TerraformTest knows of the AWS provider.

The npm package @cdktf/provider-aws is generated from the provider's own schema. Unpack a version of it, and give
its folder and the types: extract-schema.py package aws_ecs_service data.aws_region ...
"""
import json
import pathlib
import re
import sys

INTERFACE = re.compile(r"export interface (\w+)(?: extends [\w.]+)? \{(.*?)\n\}", re.S)
FIELD = re.compile(r"#(\w+) [\w#]+\}(?:(?!\*/).)*?\*/\s*readonly (\w+)(\??): ([^;]+);", re.S)
GETTER = re.compile(r"^    get (\w+)\(\):", re.M)
VERSION = re.compile(r"providers/hashicorp/aws/([0-9.]+)/docs")


def snake(name):
    return re.sub(r"([A-Z])", lambda m: "_" + m.group(1).lower(), name)


def body(interfaces, name):
    arguments, required, blocks = [], [], {}
    for argument, _, optional, kind in FIELD.findall(interfaces[name]):
        nested = [t for t in re.findall(r"\w+", kind) if t in interfaces]
        if nested:
            blocks[argument] = body(interfaces, nested[0])
        else:
            arguments.append(argument)
        if not optional:
            required.append(argument)
    result = {"arguments": sorted(arguments)}
    if required:
        result["required"] = sorted(required)
    if blocks:
        result["blocks"] = dict(sorted(blocks.items()))
    return result


def main(package, types):
    schema, version = {}, None
    for kind in sorted(types):
        folder = kind.replace("data.aws_", "data-aws-").replace("aws_", "", 1 if kind.startswith("aws_") else 0)
        text = (pathlib.Path(package) / "lib" / folder.replace("_", "-") / "index.d.ts").read_text()
        interfaces = dict(INTERFACE.findall(text))
        config = next(name for name in interfaces if name.endswith("Config") and "TerraformMetaArguments" in
                      text.split("export interface " + name, 1)[1].split("{", 1)[0])
        schema[kind] = body(interfaces, config)
        main_class = text.rsplit("export declare class ", 1)[1]
        schema[kind]["attributes"] = sorted(
            {snake(g) for g in GETTER.findall(main_class)
             if not g.endswith("Input") and g not in ("tagsAll",)})
        version = VERSION.search(text).group(1) if VERSION.search(text) else version
    lines = ",\n".join("%s: %s" % (json.dumps(kind), json.dumps(of)) for kind, of in schema.items())
    print('{"provider": "hashicorp/aws", "version": "%s", "types": {\n%s\n}}' % (version, lines))


main(sys.argv[1], sys.argv[2:])
