package io.videoml.cli;

import io.videoml.testkit.FakeFrameSource;
import io.videoml.testkit.TestClip;
import io.videoml.testkit.TestClips;

/** The command as a process, with a source that never ends by itself. */
final class FakeMain {
  private FakeMain() {}

  /** First {@code hanging} or {@code endless}, then the arguments of the command. */
  public static void main(String[] arguments) {
    TestClip clip = TestClips.still().withSize(16, 16).withFrames(Integer.MAX_VALUE);
    FakeFrameSource.Builder source = FakeFrameSource.of("camera", clip);
    if (arguments[0].equals("hanging")) {
      source.hangAt(100);
    }
    String[] rest = new String[arguments.length - 1];
    System.arraycopy(arguments, 1, rest, 0, rest.length);
    CliContext context =
        new CliContext(Console.ofProcess(), Interruption.ofProcess(), FakeParts.reading(source));
    System.exit(new Main(context).run(rest));
  }
}
