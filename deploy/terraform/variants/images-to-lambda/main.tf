# Images of tagged fragments -> S3 -> Lambda.
data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

resource "aws_s3_bucket" "images" {
  bucket_prefix = "${var.name}-images-"
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "images" {
  bucket                  = aws_s3_bucket.images.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "images" {
  bucket = aws_s3_bucket.images.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    expiration {
      days = var.keep_images_days
    }
  }
}

data "aws_iam_policy_document" "deliver" {
  statement {
    sid       = "DeliverImages"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.images.arn}/*"]
  }
}

resource "aws_iam_role_policy" "deliver" {
  count = var.producer_role_name == null ? 0 : 1

  name   = "${var.name}-deliver-images"
  role   = var.producer_role_name
  policy = data.aws_iam_policy_document.deliver.json
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
  name               = "${var.name}-on-image"
  assume_role_policy = data.aws_iam_policy_document.function_trust.json
  tags               = var.tags
}

data "aws_iam_policy_document" "function" {
  statement {
    sid       = "ReadImages"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.images.arn}/*"]
  }

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.function.arn}:log-stream:*"]
  }
}

resource "aws_iam_role_policy" "function" {
  name   = "run"
  role   = aws_iam_role.function.id
  policy = data.aws_iam_policy_document.function.json
}

resource "aws_cloudwatch_log_group" "function" {
  name              = "/aws/lambda/${var.name}-on-image"
  retention_in_days = 30
  tags              = var.tags
}

resource "aws_lambda_function" "on_image" {
  function_name    = "${var.name}-on-image"
  description      = "Called for every image that Kinesis Video Streams delivers."
  role             = aws_iam_role.function.arn
  filename         = var.function_package
  source_code_hash = filebase64sha256(var.function_package)
  handler          = var.function_handler
  runtime          = var.function_runtime
  memory_size      = var.function_memory
  timeout          = 60
  tags             = var.tags

  depends_on = [aws_cloudwatch_log_group.function, aws_iam_role_policy.function]
}

resource "aws_lambda_permission" "bucket" {
  statement_id   = "Images"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.on_image.function_name
  principal      = "s3.amazonaws.com"
  source_arn     = aws_s3_bucket.images.arn
  source_account = data.aws_caller_identity.current.account_id
}

resource "aws_s3_bucket_notification" "images" {
  bucket = aws_s3_bucket.images.id

  lambda_function {
    lambda_function_arn = aws_lambda_function.on_image.arn
    events              = ["s3:ObjectCreated:*"]
  }

  depends_on = [aws_lambda_permission.bucket]
}
