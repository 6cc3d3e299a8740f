package io.videoml.cli;

import picocli.CommandLine.Command;

/** To come. */
@Command(name = "keyframes")
final class KeyFramesCommand implements Runnable {
  KeyFramesCommand(CliContext context) {}

  @Override
  public void run() {}
}
