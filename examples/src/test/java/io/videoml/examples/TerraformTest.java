package io.videoml.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds {@code deploy/terraform} to the language, to the provider's schema and to least privilege;
 * no account is asked.
 */
@Timeout(60)
class TerraformTest {
  private static final Path ROOT = Path.of("../deploy/terraform").toAbsolutePath().normalize();

  @TempDir Path copy;

  static {
    // The parser also evaluates, which cannot succeed without an account, and says so.
    System.setProperty("org.slf4j.simpleLogger.log.com.bertramlabs.plugins.hcl4j", "off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "variants/images-to-lambda", "variants/notifications-to-lambda"})
  void folder_asItIs_hasNoProblem(String folder) throws IOException {
    assertThat(TerraformFolder.problems(ROOT.resolve(folder), types())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "streams.tf   | data_retention_in_hours = | retention_in_hours = | does not know",
        "streams.tf   | name                    = \"${var.name}-${each.key}\" | | lacks name",
        "streams.tf   | var.tags | var.tag | var.tag is not declared",
        "streams.tf   | stream.arn] | stream.arn | closes a }",
        "streams.tf   | media_type = \"video/h264\" | media_type = | without a value",
        "access.tf    | \"kinesisvideo:PutMedia\" | \"kinesisvideo:*\" | by wildcard",
        "access.tf    | resources = local.stream_arns | resources = [\"*\"] | every resource",
        "access.tf    | local.key_arns | local.keys | local.keys is not declared",
        "access.tf    | aws_iam_policy.producer.arn | aws_iam_policy.produce.arn | not declared",
        "access.tf    | aws_iam_policy.producer.arn | aws_iam_policy.producer.urn | no such attribute",
        "consumer.tf  | var.log_retention_days | 30 | var.log_retention_days is not used",
        "consumer.tf  | \"aws_ecs_service\" | \"aws_ecs_servise\" | not a type",
        "consumer.tf  | launch_type     = \"FARGATE\" | launch_type     = FARGATE\" | not end on its line",
        "consumer.tf  | security_groups  = | groups = | does not know",
        "versions.tf  | version = \"~> 6.25\" | | not pinned",
        "variables.tf | description = \"The VPC of the consumer.\" | | needs a description",
      })
  void problems_brokenCopy_namesThem(String file, String was, String broken, String problem)
      throws IOException {
    try (Stream<Path> files = Files.list(ROOT)) {
      for (Path path : files.filter(Files::isRegularFile).toList()) {
        Files.copy(path, copy.resolve(path.getFileName()));
      }
    }
    String text = Files.readString(ROOT.resolve(file));
    assertThat(text).contains(was);
    Files.writeString(copy.resolve(file), text.replace(was, broken == null ? "" : broken));

    assertThat(String.join("\n", TerraformFolder.problems(copy, types()))).contains(problem);
  }

  @Test
  void problems_eventSourceMapping_isRefused() throws IOException {
    Files.copy(ROOT.resolve("versions.tf"), copy.resolve("versions.tf"));
    Files.writeString(
        copy.resolve("main.tf"),
        """
        resource "aws_lambda_event_source_mapping" "camera" {
          event_source_arn = "arn:aws:kinesisvideo:eu-west-1:123456789012:stream/dock/1"
          function_name    = "on-frame"
        }
        """);

    assertThat(TerraformFolder.problems(copy, types()))
        .containsExactly("a Lambda event source mapping cannot read a video stream");
  }

  /** HashiCorp's own parser, where it is installed. */
  @Test
  void folder_terraformItself_findsItFormatted() throws IOException, InterruptedException {
    boolean there =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "terraform")));
    assumeTrue(there, "terraform is not on the PATH: its own fmt -check is left out");
    Path output = copy.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(List.of("terraform", "fmt", "-check", "-diff", "-recursive", "."))
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // Set to a file that is not there, it warns.
    builder.environment().remove("TF_CLI_CONFIG_FILE");
    Process process = builder.start();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }

  private static JsonNode types() throws IOException {
    try (var in = TerraformTest.class.getResourceAsStream("/terraform/aws-schema.json")) {
      return new ObjectMapper().readTree(in).path("types");
    }
  }
}
