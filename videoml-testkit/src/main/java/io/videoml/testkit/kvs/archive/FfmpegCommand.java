package io.videoml.testkit.kvs.archive;

import io.videoml.testkit.kvs.media.AwsTags.Spelling;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.ServiceException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Media made by the command {@code ffmpeg}, in a folder that goes when it is closed. */
final class FfmpegCommand implements AutoCloseable {
  private static final long LIMIT_SECONDS = 30;

  private final Path folder;

  private FfmpegCommand(Path folder) {
    this.folder = folder;
  }

  static FfmpegCommand over(List<StoredFragment> fragments) throws IOException {
    FfmpegCommand command = new FfmpegCommand(Files.createTempDirectory("videoml-kvs-clip"));
    try (OutputStream out = Files.newOutputStream(command.input())) {
      for (StoredFragment fragment : fragments) {
        out.write(fragment.archived(Spelling.MEDIA));
      }
    }
    return command;
  }

  /** Runs the command on the fragments, with these arguments behind the input. */
  Path run(String output, String... arguments) throws IOException, ServiceException {
    List<String> line = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
    line.addAll(List.of("-i", input().toString()));
    line.addAll(List.of(arguments));
    line.add(folder.resolve(output).toString());
    Process process;
    try {
      process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      throw new ServiceException(
          501,
          "NotImplementedException",
          "the stand-in makes clips and images by the command ffmpeg, which is not installed");
    }
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new ServiceException(
            400, "InvalidMediaFrameException", "ffmpeg cannot read these fragments");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while ffmpeg ran", e);
    } finally {
      process.destroyForcibly();
    }
    return folder.resolve(output);
  }

  private Path input() {
    return folder.resolve("fragments.mkv");
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
