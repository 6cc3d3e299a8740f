package io.videoml.kvs.client;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** The SDK's chain, once for the process: it remembers what it found, and holds no threads. */
final class DefaultCredentials {
  static final AwsCredentialsProvider PROVIDER = DefaultCredentialsProvider.builder().build();

  private DefaultCredentials() {}
}
