package io.videoml.kvs.client;

import io.videoml.kvs.client.KvsFailure.Remedy;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Tells by the service's error types and status codes what helps. The SDK's own list of what may be
 * retried lacks the limits of this service.
 */
final class Classification {
  private static final Set<String> LIMITS =
      Set.of(
          "ClientLimitExceededException",
          "ConnectionLimitExceededException",
          "LimitExceededException",
          "ThrottlingException",
          "Throttling",
          "TooManyRequestsException",
          "RequestLimitExceeded");
  private static final Set<String> CREDENTIALS =
      Set.of(
          "NotAuthorizedException",
          "AccessDeniedException",
          "AccessDenied",
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "SignatureDoesNotMatch",
          "IncompleteSignature",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidToken");
  private static final Set<String> CLOCK =
      Set.of("RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture");
  private static final int LONGEST = 200;

  private Classification() {}

  static KvsFailure of(Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    if (cause instanceof SourceException e) {
      Remedy remedy = e.kind().retryable() ? Remedy.RETRY : Remedy.NONE;
      return new KvsFailure(remedy, e.kind(), e.kind().code(), withoutSource(e), e.getCause());
    }
    if (cause instanceof SdkServiceException e) {
      return ofService(e);
    }
    if (cause instanceof TimeoutException || cause instanceof ApiCallTimeoutException) {
      return new KvsFailure(
          Remedy.NEW_ENDPOINT, Kind.NETWORK, name(cause), "the service did not answer", cause);
    }
    String text = String.valueOf(cause.getMessage());
    if (text.contains("Unable to load credentials")
        || text.contains("Failed to load credentials")) {
      return new KvsFailure(
          Remedy.NONE,
          Kind.AUTHENTICATION,
          name(cause),
          "no AWS credentials are found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or a role",
          cause);
    }
    if (text.contains("Unable to load region")) {
      return new KvsFailure(
          Remedy.NONE,
          Kind.CONFIGURATION,
          name(cause),
          "no AWS region is found; set one, by option or AWS_REGION",
          cause);
    }
    return new KvsFailure(
        Remedy.NEW_ENDPOINT,
        Kind.NETWORK,
        name(cause),
        "the connection failed: " + firstLine(root(cause)),
        cause);
  }

  private static KvsFailure ofService(SdkServiceException e) {
    String code = code(e);
    int status = e.statusCode();
    if (LIMITS.contains(code) || status == 429) {
      return failure(
          Remedy.RETRY_SLOWLY, Kind.REFUSED, code, "the service limits requests (" + code + ")", e);
    }
    if (CLOCK.contains(code)) {
      return failure(
          Remedy.NEW_CREDENTIALS,
          Kind.AUTHENTICATION,
          code,
          "the service says that the request is of another time; set this machine's clock",
          e);
    }
    if (CREDENTIALS.contains(code) || status == 401 || status == 403) {
      return failure(
          Remedy.NEW_CREDENTIALS,
          Kind.AUTHENTICATION,
          code,
          "the service refuses the credentials (" + code + "); look at keys and policies",
          e);
    }
    if (status >= 500) {
      return failure(
          Remedy.RETRY, Kind.NETWORK, code, "the service failed with status " + status, e);
    }
    return switch (code) {
      case "InvalidEndpointException" ->
          failure(
              Remedy.NEW_ENDPOINT, Kind.NETWORK, code, "the data endpoint is not the stream's", e);
      case "ResourceNotFoundException" -> notFound(code, status, e);
      default -> failure(Remedy.NONE, Kind.CONFIGURATION, code, text(e, status), e);
    };
  }

  private static KvsFailure notFound(String code, int status, SdkServiceException e) {
    String text = text(e, status);
    return text.toLowerCase(Locale.ROOT).contains("fragment")
        ? failure(Remedy.NONE, Kind.CONFIGURATION, code, text, e)
        : failure(
            Remedy.NONE,
            Kind.NOT_FOUND,
            code,
            "there is no such stream in this region and account",
            e);
  }

  private static String text(SdkServiceException e, int status) {
    String text =
        e instanceof AwsServiceException aws && aws.awsErrorDetails() != null
            ? String.valueOf(aws.awsErrorDetails().errorMessage())
            : "no message";
    return "the service refuses the request with status %d: %s".formatted(status, shortened(text));
  }

  private static String code(SdkServiceException e) {
    String code =
        e instanceof AwsServiceException aws && aws.awsErrorDetails() != null
            ? aws.awsErrorDetails().errorCode()
            : null;
    return code == null || code.isBlank() ? "status " + e.statusCode() : code;
  }

  private static KvsFailure failure(
      Remedy remedy, Kind kind, String code, String message, Throwable cause) {
    return new KvsFailure(remedy, kind, code, message, cause);
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Throwable root(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; i < 20 && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String withoutSource(SourceException e) {
    String text = String.valueOf(e.getMessage());
    String prefix = e.source() + ": ";
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static String firstLine(Throwable cause) {
    String text = cause.getMessage();
    return text == null || text.isBlank() ? name(cause) : name(cause) + ", " + shortened(text);
  }

  private static String shortened(@Nullable String text) {
    String line = String.valueOf(text).lines().findFirst().orElse("");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private static String name(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    return name.isEmpty()
        ? "failure"
        : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
