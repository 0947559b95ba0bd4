"""`completion`: what a shell needs to complete commands and options."""

import click
from click.shell_completion import get_completion_class

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Prints a script that completes commands and options in your shell.

    \b
    Example: postwatch completion bash > ~/.local/share/bash-completion/completions/postwatch
             postwatch completion fish > ~/.config/fish/completions/postwatch.fish
             postwatch completion zsh > ~/.zfunc/_postwatch
    """
    kind = get_completion_class(shell)
    assert kind is not None
    print(kind(ctx.find_root().command, {}, "postwatch", "_POSTWATCH_COMPLETE").source())
