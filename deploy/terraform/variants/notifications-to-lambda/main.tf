# Notices of tagged fragments -> SNS -> Lambda, which fetches what it needs of the archive.
resource "aws_sns_topic" "fragments" {
  name = "${var.name}-fragments"
  tags = var.tags
}

data "aws_iam_policy_document" "notify" {
  statement {
    sid       = "Notify"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.fragments.arn]
  }
}

resource "aws_iam_role_policy" "notify" {
  count = var.producer_role_name == null ? 0 : 1

  name   = "${var.name}-notify"
  role   = var.producer_role_name
  policy = data.aws_iam_policy_document.notify.json
}

data "aws_iam_policy_document" "function_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "function" {
  name               = "${var.name}-on-fragment"
  assume_role_policy = data.aws_iam_policy_document.function_trust.json
  tags               = var.tags
}

data "aws_iam_policy_document" "function" {
  statement {
    sid = "ReadArchive"
    actions = [
      "kinesisvideo:GetDataEndpoint",
      "kinesisvideo:ListFragments",
      "kinesisvideo:GetMediaForFragmentList",
      "kinesisvideo:GetClip",
      "kinesisvideo:GetImages",
    ]
    resources = [for stream in values(var.streams) : stream.arn]
  }

  dynamic "statement" {
    for_each = length(var.kms_key_arns) > 0 ? [var.kms_key_arns] : []

    content {
      sid       = "Decrypt"
      actions   = ["kms:Decrypt"]
      resources = statement.value
    }
  }

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.function.arn}:log-stream:*"]
  }

  statement {
    sid       = "KeepFailed"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.failed.arn]
  }
}

resource "aws_iam_role_policy" "function" {
  name   = "run"
  role   = aws_iam_role.function.id
  policy = data.aws_iam_policy_document.function.json
}

resource "aws_cloudwatch_log_group" "function" {
  name              = "/aws/lambda/${var.name}-on-fragment"
  retention_in_days = 30
  tags              = var.tags
}

# Notices whose function failed three times, to look at.
resource "aws_sqs_queue" "failed" {
  name                      = "${var.name}-failed-fragments"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

resource "aws_lambda_function" "on_fragment" {
  function_name    = "${var.name}-on-fragment"
  description      = "Called for every fragment that the producer tagged."
  role             = aws_iam_role.function.arn
  filename         = var.function_package
  source_code_hash = filebase64sha256(var.function_package)
  handler          = var.function_handler
  runtime          = var.function_runtime
  memory_size      = var.function_memory
  timeout          = 120
  tags             = var.tags

  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }

  depends_on = [aws_cloudwatch_log_group.function, aws_iam_role_policy.function]
}

resource "aws_lambda_permission" "topic" {
  statement_id  = "Fragments"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.on_fragment.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.fragments.arn
}

resource "aws_sns_topic_subscription" "function" {
  topic_arn = aws_sns_topic.fragments.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.on_fragment.arn
}
