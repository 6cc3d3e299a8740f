# What KvsProducer and `videoml kvs put` call. The service encrypts and decrypts with the caller's rights, so keys
# of one's own are named too.
data "aws_iam_policy_document" "producer" {
  statement {
    sid       = "Write"
    actions   = ["kinesisvideo:DescribeStream", "kinesisvideo:GetDataEndpoint", "kinesisvideo:PutMedia"]
    resources = local.stream_arns
  }

  dynamic "statement" {
    for_each = length(local.key_arns) > 0 ? [local.key_arns] : []

    content {
      sid       = "Encrypt"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = statement.value
    }
  }
}

# What KvsSource, KvsArchiveSource and KvsClips call.
data "aws_iam_policy_document" "consumer" {
  statement {
    sid = "Read"
    actions = [
      "kinesisvideo:DescribeStream",
      "kinesisvideo:GetDataEndpoint",
      "kinesisvideo:GetMedia",
      "kinesisvideo:ListFragments",
      "kinesisvideo:GetMediaForFragmentList",
      "kinesisvideo:GetClip",
      "kinesisvideo:GetImages",
      "kinesisvideo:GetHLSStreamingSessionURL",
    ]
    resources = local.stream_arns
  }

  dynamic "statement" {
    for_each = length(local.key_arns) > 0 ? [local.key_arns] : []

    content {
      sid       = "Decrypt"
      actions   = ["kms:Decrypt"]
      resources = statement.value
    }
  }
}

data "aws_region" "current" {}

resource "aws_iam_policy" "producer" {
  name        = "${var.name}-producer"
  description = "Write the video streams of ${var.name}."
  policy      = data.aws_iam_policy_document.producer.json
  tags        = var.tags
}

resource "aws_iam_policy" "consumer" {
  name        = "${var.name}-consumer"
  description = "Read the video streams of ${var.name}."
  policy      = data.aws_iam_policy_document.consumer.json
  tags        = var.tags
}

data "aws_iam_policy_document" "producer_trust" {
  count = length(var.producer_principal_arns) > 0 ? 1 : 0

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = var.producer_principal_arns
    }
  }
}

resource "aws_iam_role" "producer" {
  count = length(var.producer_principal_arns) > 0 ? 1 : 0

  name               = "${var.name}-producer"
  description        = "Sites that write the video streams of ${var.name}."
  assume_role_policy = data.aws_iam_policy_document.producer_trust[0].json
  tags               = var.tags
}

resource "aws_iam_role_policy_attachment" "producer" {
  count = length(var.producer_principal_arns) > 0 ? 1 : 0

  role       = aws_iam_role.producer[0].name
  policy_arn = aws_iam_policy.producer.arn
}

data "aws_caller_identity" "current" {}

# Only tasks of this account may take the roles of the consumer.
data "aws_iam_policy_document" "task_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

# The program's own rights.
resource "aws_iam_role" "consumer" {
  name               = "${var.name}-consumer"
  description        = "The consumer of the video streams of ${var.name}."
  assume_role_policy = data.aws_iam_policy_document.task_trust.json
  tags               = var.tags
}

resource "aws_iam_role_policy_attachment" "consumer" {
  role       = aws_iam_role.consumer.name
  policy_arn = aws_iam_policy.consumer.arn
}
