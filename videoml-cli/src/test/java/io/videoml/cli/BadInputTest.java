package io.videoml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.videoml.cli.run.InstalledParts;
import io.videoml.cli.run.Parts;
import io.videoml.testkit.DemoClip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a file: one line, exit code 1, and nothing lost of what came before. */
class BadInputTest {
  private static final Parts PARTS = new InstalledParts();

  @TempDir private Path directory;

  @Test
  void sample_missingFile_saysSo() {
    assertFails(sample(directory.resolve("none.mp4")), "there is no such file");
  }

  @Test
  void sample_directory_saysSo() {
    assertFails(sample(directory), "is a directory");
  }

  @Test
  void sample_emptyFile_saysSo() throws IOException {
    assertFails(sample(file("empty.mp4", new byte[0])), "is empty");
  }

  @Test
  void sample_textFile_saysSo() throws IOException {
    assertFails(sample(file("text.mp4", text("hello"))), "is not a video");
  }

  @Test
  void sample_audioOnly_saysSo() throws IOException {
    assertFails(sample(file("audio.wav", silentWav())), "no video stream");
  }

  @Test
  void sample_cutFile_keepsWhatCameBefore() throws IOException {
    byte[] clip = Files.readAllBytes(DemoClip.video());
    Path cut = file("cut.mp4", Arrays.copyOf(clip, clip.length * 2 / 3));

    Cli.Result result = sample(cut);

    // Where the index is at the end of the file, nothing can be read without it.
    assertFails(result, "cut");
  }

  @Test
  void sample_damagedFile_leavesOutTheDamagedFramesOnly() throws IOException {
    byte[] clip = Files.readAllBytes(DemoClip.video());
    byte[] noise = new byte[3000];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, clip, clip.length / 2, noise.length);

    Cli.Result result = sample(file("damaged.mp4", clip));

    assertFails(result, "are damaged");
    assertThat(result.lines("frame")).isNotEmpty();
    assertThat(result.summary().get("dropped").get("corrupt").asInt()).isPositive();
  }

  @Test
  void detect_modelIsText_saysSo() throws IOException {
    assertFails(detect(file("model.onnx", text("hello"))), "is not an ONNX model");
  }

  @Test
  void detect_modelIsTruncated_saysSo() throws IOException {
    byte[] model = Files.readAllBytes(DemoClip.model());

    assertFails(
        detect(file("model.onnx", Arrays.copyOf(model, model.length / 2))), "only a part of one");
  }

  @Test
  void detect_modelIsMissing_saysSo() {
    assertFails(detect(directory.resolve("none.onnx")), "there is no such file");
  }

  @Test
  void detect_labelsOfAnotherModel_saysHowManyThereShouldBe() throws IOException {
    Path labels = file("labels.txt", text("a\nb\nc\nd\ne\n"));

    assertFails(
        detect(DemoClip.model(), "--labels", labels.toString()),
        "has 2 classes, but there are 5 labels");
  }

  @Test
  void detect_labelsMissing_saysSo() {
    assertFails(
        detect(DemoClip.model(), "--labels", directory + "/none.txt"), "there is no such file");
  }

  @Test
  void detect_unknownHead_listsThoseThatThereAre() {
    Cli.Result result = detect(DemoClip.model(), "--head", "yolo99");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("yolo99", "yolov8", "nanodet");
  }

  @Test
  void detect_unknownClass_namesCloseOnes() {
    Cli.Result result = detect(DemoClip.model(), "--classes", "persn");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("no class 'persn'", "close to it: person");
  }

  @Test
  void detect_annotateIntoMissingDirectory_saysSo() {
    Cli.Result result =
        detect(DemoClip.model(), "--annotate", directory + "/none/out.mp4", "--max-frames", "20");

    assertFails(result, "cannot write");
  }

  private static Cli.Result sample(Path source) {
    return Cli.run(PARTS, "sample", "--source", source.toString());
  }

  private static Cli.Result detect(Path model, String... options) {
    String[] arguments =
        Arrays.copyOf(
            new String[] {
              "detect", "--source", DemoClip.video().toString(), "--model", model.toString()
            },
            5 + options.length);
    System.arraycopy(options, 0, arguments, 5, options.length);
    return Cli.run(PARTS, arguments);
  }

  private static void assertFails(Cli.Result result, String why) {
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).matches("videoml: error: [^\\n]+ \\([^\\n]+\\)\\n").contains(why);
    JsonNode summary = result.summary();
    assertThat(summary.get("read").asInt()).isGreaterThanOrEqualTo(result.lines("frame").size());
    assertThat(summary.get("kept").asInt()).isEqualTo(result.lines("frame").size());
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A tenth of a second, 16 bits, one channel, 8 kHz. */
  private static byte[] silentWav() {
    int bytes = 1600;
    ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    header.put(text("RIFF")).putInt(36 + bytes).put(text("WAVEfmt ")).putInt(16);
    header.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16000);
    header.putShort((short) 2).putShort((short) 16).put(text("data")).putInt(bytes);
    ByteArrayOutputStream wav = new ByteArrayOutputStream();
    wav.writeBytes(header.array());
    wav.writeBytes(new byte[bytes]);
    return wav.toByteArray();
  }
}
