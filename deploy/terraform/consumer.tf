# Starting the task: write the log, pull the image.
data "aws_iam_policy_document" "execution" {
  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.consumer.arn}:log-stream:*"]
  }

  dynamic "statement" {
    for_each = var.ecr_repository_arn == null ? [] : [var.ecr_repository_arn]

    content {
      sid       = "Pull"
      actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      resources = [statement.value]
    }
  }

  # The one right that the service gives for all resources or none.
  dynamic "statement" {
    for_each = var.ecr_repository_arn == null ? [] : [true]

    content {
      sid       = "LogIn"
      actions   = ["ecr:GetAuthorizationToken"]
      resources = ["*"]
    }
  }
}

resource "aws_iam_role" "execution" {
  name               = "${var.name}-execution"
  description        = "Starts the consumer of ${var.name}; the program itself does not have it."
  assume_role_policy = data.aws_iam_policy_document.task_trust.json
  tags               = var.tags
}

resource "aws_iam_role_policy" "execution" {
  name   = "start"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.execution.json
}

resource "aws_cloudwatch_log_group" "consumer" {
  name              = "/videoml/${var.name}"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

resource "aws_ecs_cluster" "this" {
  name = var.name
  tags = var.tags

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

# Nothing connects to the consumer; it connects to the service, by HTTPS.
resource "aws_security_group" "consumer" {
  name        = "${var.name}-consumer"
  description = "videoml consumer: HTTPS out, nothing in"
  vpc_id      = var.vpc_id
  tags        = var.tags
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.consumer.id
  description       = "Kinesis Video Streams, ECR, logs"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

locals {
  health_check = var.health_command == null ? {} : {
    healthCheck = {
      command = ["CMD-SHELL", var.health_command]
      # Natives, a model and the first fragment (20 seconds at most) come before the first sign of life.
      startPeriod = 120
      interval    = 30
      timeout     = 10
      retries     = 4
    }
  }

  command = length(var.command) == 0 ? {} : { command = var.command }
}

resource "aws_ecs_task_definition" "consumer" {
  family                   = "${var.name}-consumer"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.consumer.arn
  tags                     = var.tags

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  container_definitions = jsonencode([
    merge(local.command, local.health_check, {
      name      = "consumer"
      image     = var.image
      essential = true
      # SIGTERM ends videoml within two seconds, summary written; the rest is for sinks of your own.
      stopTimeout = 30
      # The JVM leaves zombies and signals of children to an init.
      linuxParameters = { initProcessEnabled = true }
      environment = concat(
        [{ name = "AWS_REGION", value = data.aws_region.current.region }],
        [for key, value in var.environment : { name = key, value = value }],
      )
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.consumer.name
          awslogs-region        = data.aws_region.current.region
          awslogs-stream-prefix = "consumer"
          # The log must not hold up the reading of a live stream.
          mode            = "non-blocking"
          max-buffer-size = "4m"
        }
      }
    })
  ])
}

resource "aws_ecs_service" "consumer" {
  name            = "${var.name}-consumer"
  cluster         = aws_ecs_cluster.this.id
  task_definition = aws_ecs_task_definition.consumer.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  propagate_tags  = "SERVICE"
  tags            = var.tags

  # The old task ends before the new one starts: two would count everything twice, and a stream has only three
  # connections. What is missed meanwhile is read from the position that the consumer stored.
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 100

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.subnet_ids
    security_groups  = [aws_security_group.consumer.id]
    assign_public_ip = var.assign_public_ip
  }

  depends_on = [aws_iam_role_policy.execution, aws_iam_role_policy_attachment.consumer]
}
