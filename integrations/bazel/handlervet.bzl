"""handlervet as an aspect, in the form of Aspect's rules_lint: https://github.com/aspect-build/rules_lint

What the action reads is what it declares: the sources of the target and of all that it depends on, the deployment files, the config.
"""

HandlervetInfo = provider(
    doc = "What handlers of a target may reach.",
    fields = {"files": "depset of the files of the target and of all that it depends on"},
)

_MNEMONIC = "AspectRulesLintHandlervet"
_SCRIPTS = ["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"]
_EDGES = ["srcs", "deps", "data"]

# The exit status 1 means findings, which are a result; 2 means that there is none.
_CHECK = """
tool=$1 human=$2 machine=$3; shift 3
"$tool" check --root . --no-cache --color never -o "$human" --sarif "$machine" "$@"
status=$?
[ "$status" -lt 2 ] || exit "$status"
echo "$status" >"$human.exit_code"
echo "$status" >"$machine.exit_code"
"""

_FIX = """
tool=$1 patch=$2; shift 2
"$tool" fix --root . --diff "$@" >"$patch"
[ "$?" -lt 2 ]
"""

_FAIL = """
status=$(cat "$1")
[ "$status" -eq 0 ] || cat "$2" >&2
: >"$3"
exit "$status"
"""

def _reached(target, ctx):
    files = []
    below = []
    for name in _EDGES:
        edge = getattr(ctx.rule.attr, name, None)
        if type(edge) != "list":
            continue
        files.extend(getattr(ctx.rule.files, name, []))
        below.extend([t[HandlervetInfo].files for t in edge if type(t) == "Target" and HandlervetInfo in t])
    return depset(files, transitive = below)

def _to_check(ctx):
    wanted = ctx.rule.kind in ctx.attr._rule_kinds or ctx.rule.kind == "filegroup" and "lint-with-handlervet" in ctx.rule.attr.tags
    if not wanted or "no-lint" in ctx.rule.attr.tags:
        return []
    return [f for f in getattr(ctx.rule.files, "srcs", []) if f.is_source and f.owner.workspace_name == "" and f.extension in _SCRIPTS]

def _run(ctx, script, inputs, outputs, tool, settings, files, what):
    arguments = ctx.actions.args()
    arguments.add(tool)
    arguments.add_all(outputs[:2])
    ctx.actions.run_shell(
        inputs = inputs,
        outputs = outputs,
        tools = [tool],
        command = script,
        arguments = [arguments] + settings + [files],
        mnemonic = _MNEMONIC,
        progress_message = what + " %{label} with handlervet",
    )

def _handlervet_impl(target, ctx):
    reached = _reached(target, ctx)
    info = HandlervetInfo(files = reached)
    scripts = _to_check(ctx)
    if not scripts:
        return [info]

    out = {
        suffix: ctx.actions.declare_file("{}.{}.{}".format(target.label.name, _MNEMONIC, suffix))
        for suffix in ["out", "report", "out.exit_code", "report.exit_code", "patch", "ok"]
    }
    config = ctx.files._config
    inputs = depset(config + ctx.files._deployment, transitive = [reached])
    settings = ctx.actions.args()
    if config:
        settings.add("--config", config[0])
    settings.add_all(ctx.attr._args)
    files = ctx.actions.args()
    files.add("--")
    files.add_all(scripts)

    tool = ctx.executable._handlervet
    checked = [out["out"], out["report"], out["out.exit_code"], out["report.exit_code"]]
    _run(ctx, _CHECK, inputs, checked, tool, [settings], files, "Checking")
    _run(ctx, _FIX, inputs, [out["patch"]], tool, [settings], files, "Fixing")
    ctx.actions.run_shell(
        inputs = checked,
        outputs = [out["ok"]],
        command = _FAIL,
        arguments = [out["out.exit_code"].path, out["out"].path, out["ok"].path],
        mnemonic = _MNEMONIC + "Fail",
    )
    return [info, OutputGroupInfo(
        rules_lint_human = depset([out["out"], out["out.exit_code"]]),
        rules_lint_machine = depset([out["report"], out["report.exit_code"]]),
        rules_lint_patch = depset([out["patch"]]),
        handlervet_fail = depset([out["ok"]]),
    )]

def lint_handlervet_aspect(binary, config = None, deployment = [], rule_kinds = ["js_library", "ts_project", "ts_project_rule"], args = []):
    """Makes the aspect.

    Args:
        binary: label of the handlervet executable
        config: label of .handlervet.yml, if there is one
        deployment: labels of files that say who invokes the handlers (package.json, serverless.yml, …), if they are not among
            what targets depend on
        rule_kinds: kinds of rules to check; filegroups are with the tag "lint-with-handlervet"
        args: more flags for `handlervet check`, which `handlervet fix` has, too
    """
    return aspect(
        implementation = _handlervet_impl,
        attr_aspects = _EDGES,
        attrs = {
            "_handlervet": attr.label(default = binary, allow_files = True, executable = True, cfg = "exec"),
            "_config": attr.label_list(default = [config] if config else [], allow_files = True),
            "_deployment": attr.label_list(default = deployment, allow_files = True),
            "_rule_kinds": attr.string_list(default = rule_kinds),
            "_args": attr.string_list(default = args),
        },
    )
