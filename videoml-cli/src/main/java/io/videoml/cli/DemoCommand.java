package io.videoml.cli;

import picocli.CommandLine.Command;

/** To come. */
@Command(name = "demo")
final class DemoCommand implements Runnable {
  DemoCommand(CliContext context) {}

  @Override
  public void run() {}
}
